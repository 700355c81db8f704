package schema

import (
	"fmt"
	"reflect"
	"time"
)

// A Rows turns records into rows whose tags name the fields for Parquet and Avro, with
// dates as days and times as milliseconds since 1970. What is no date or time is null.
type Rows struct {
	Type   reflect.Type // a struct
	fields []Field
}

// Rows returns how records of t become rows.
func (t Table) Rows() Rows { return Rows{rowType(t.Fields), t.Fields} }

// Of returns the row of a record, which is a pointer, as a pointer to a Type.
func (r Rows) Of(record any) any {
	row := reflect.New(r.Type)
	fill(row.Elem(), reflect.ValueOf(record).Elem(), r.fields)
	return row.Interface()
}

func rowType(fields []Field) reflect.Type {
	list := make([]reflect.StructField, len(fields))
	for i, f := range fields {
		list[i] = reflect.StructField{Name: fmt.Sprintf("F%d", i), Type: cellType(f), Tag: tag(f)}
	}
	return reflect.StructOf(list)
}

func tag(f Field) reflect.StructTag {
	options := ""
	switch {
	case f.List:
		options += ",list"
	case f.Nullable:
		options += ",optional"
	}
	switch f.Kind {
	case Date:
		options += ",date"
	case Time:
		options += ",timestamp(millisecond)"
	}
	return reflect.StructTag(fmt.Sprintf(`parquet:"%s%s" avro:"%s"`, f.Name, options, f.Name))
}

func cellType(f Field) reflect.Type {
	var t reflect.Type
	switch f.Kind {
	case Integer:
		t = reflect.TypeFor[int64]()
	case Float:
		t = reflect.TypeFor[float64]()
	case Boolean:
		t = reflect.TypeFor[bool]()
	case Date:
		t = reflect.TypeFor[int32]()
	case Time:
		t = reflect.TypeFor[int64]()
	case Struct:
		t = rowType(f.Fields)
	default:
		t = reflect.TypeFor[string]()
	}
	switch {
	case f.List:
		return reflect.SliceOf(t)
	case f.Nullable:
		return reflect.PointerTo(t)
	}
	return t
}

const secondsADay = 24 * 60 * 60

func fill(row, record reflect.Value, fields []Field) {
	for i, f := range fields {
		cell, value := row.Field(i), record.FieldByIndex(f.Index)
		switch {
		case f.List:
			list := reflect.MakeSlice(cell.Type(), value.Len(), value.Len())
			for j := range value.Len() {
				set(list.Index(j), value.Index(j), f)
			}
			cell.Set(list)
		case f.Nullable:
			if value.IsNil() {
				continue
			}
			if held := reflect.New(cell.Type().Elem()); set(held.Elem(), value.Elem(), f) {
				cell.Set(held)
			}
		default:
			set(cell, value, f)
		}
	}
}

// set puts one value into its cell, and tells whether it could.
func set(cell, value reflect.Value, f Field) bool {
	switch f.Kind {
	case Struct:
		fill(cell, value, f.Fields)
		return true
	case Date:
		t, err := time.Parse(time.DateOnly, value.String())
		cell.SetInt(t.Unix() / secondsADay)
		return err == nil
	case Time:
		t, err := time.Parse(time.RFC3339, value.String())
		cell.SetInt(t.UnixMilli())
		return err == nil
	}
	cell.Set(value.Convert(cell.Type()))
	return true
}
