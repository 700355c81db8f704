package countries
import ("testing";"fmt";"sitrep/extractors/names";"sitrep/extractors/text";"os")
func TestZZ(t *testing.T){ b,_:=os.ReadFile("/tmp/x_countries/zz.txt"); d:=text.Read("",string(b)); n:=names.Find(d)
for _,m:=range n {fmt.Println("   ",m.Type,d.Slice(m.Span))}
for _,m:=range Find(d,n){ fmt.Printf("%s %s %v %s|%s %s %d %s D=%v h=%s c=%v\n",d.Slice(m.Span),m.Country,m.Kind,m.Rule,m.Site.Name,m.Site.Code(),m.Site.GeoNames,map[bool]string{true:"P"}[m.Place],m.Disputed,m.Holder,m.Claims)}
for _,g:=range FindGroups(d){fmt.Println("G",d.Slice(g.Span),g.Name,g.Country,g.Kind)}}
