package people

func (r *reading) refer(people []Person) {}
