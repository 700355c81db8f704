//go:build !unix

package testbroker

import "os/exec"

func ownGroup(*exec.Cmd) {}

func endGroup(cmd *exec.Cmd)  { cmd.Process.Kill() }
func killGroup(cmd *exec.Cmd) { cmd.Process.Kill() }
