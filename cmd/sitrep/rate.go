package main

import (
	"strconv"
	"strings"
)

// parseRate reads "200/s" or "0.5"; no text is no bound, which is 0.
func parseRate(text string) (float64, error) {
	if text == "" {
		return 0, nil
	}
	rate, err := strconv.ParseFloat(strings.TrimSuffix(text, "/s"), 64)
	if err != nil || !(rate > 0) {
		return 0, usage("--rate %q: want a number a second, as 200/s", text)
	}
	return rate, nil
}
