// Command api-server is kube-apiserver or etcd, by the name under which it is called: what judges manifests without a node.
package main

import (
	"log"
	"os"
	"path/filepath"

	"go.etcd.io/etcd/server/v3/etcdmain"
	"k8s.io/component-base/cli"
	_ "k8s.io/component-base/logs/json/register"
	_ "k8s.io/component-base/metrics/prometheus/version"
	"k8s.io/kubernetes/cmd/kube-apiserver/app"
)

var programs = map[string]func(){
	"etcd":           func() { etcdmain.Main(os.Args) },
	"kube-apiserver": func() { os.Exit(cli.Run(app.NewAPIServerCommand())) },
}

func main() {
	run, known := programs[filepath.Base(os.Args[0])]
	if !known {
		log.Fatalf("unknown program %q", os.Args[0])
	}
	run()
}
