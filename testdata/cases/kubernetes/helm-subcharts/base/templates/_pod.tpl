{{- define "base.pod" -}}
hostNetwork: true # expect: host-network
containers: [{ name: main, image: "example/agent:1" }]
{{- end }}
