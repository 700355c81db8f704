//go:build !linux

package probe

func bound() {}

func boundTo(uint64) {}
