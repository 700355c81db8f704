{{- define "sitrep.name" -}}
{{- if .Values.nameOverride -}}
{{- .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- else if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "sitrep.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "sitrep.labels" -}}
{{ include "sitrep.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{- define "sitrep.metadata" -}}
name: {{ include "sitrep.name" . }}
namespace: {{ .Release.Namespace }}
labels:
  {{- include "sitrep.labels" . | nindent 2 }}
{{- end -}}

{{- define "sitrep.serviceAccount" -}}
{{- .Values.serviceAccount.name | default (ternary (include "sitrep.name" .) "default" .Values.serviceAccount.create) -}}
{{- end -}}

{{- define "sitrep.image" -}}
{{- $repository := required "image.repository: where the image was pushed" .Values.image.repository -}}
{{- with .Values.image.digest -}}
{{ printf "%s@%s" $repository . }}
{{- else -}}
{{ printf "%s:%s" $repository (.Values.image.tag | default .Chart.AppVersion) }}
{{- end -}}
{{- end -}}

{{- /* Flags of sitrep run, by name. Secrets are files. */ -}}
{{- define "sitrep.flags" -}}
brokers: {{ join "," .Values.kafka.brokers | quote }}
group: {{ .Values.kafka.group | quote }}
input: {{ .Values.kafka.input | quote }}
health-listen: {{ printf "0.0.0.0:%v" .Values.healthPort | quote }}
{{- with .Values.kafka.tls }}
{{- if .enabled }}
tls: "true"
{{- with .ca }}
tls-ca-file: {{ printf "/secrets/tls/%s" . | quote }}
{{- end }}
{{- with .cert }}
tls-cert-file: {{ printf "/secrets/tls/%s" . | quote }}
{{- end }}
{{- with .key }}
tls-key-file: {{ printf "/secrets/tls/%s" . | quote }}
{{- end }}
{{- end }}
{{- end }}
{{- with .Values.kafka.sasl }}
{{- if .mechanism }}
sasl-mechanism: {{ .mechanism | quote }}
sasl-username: {{ .username | quote }}
sasl-password-file: {{ .passwordFile | default (printf "/secrets/sasl/%s" .passwordKey) | quote }}
{{- end }}
{{- end }}
{{- with .Values.schemaRegistry }}
{{- if .urls }}
schema-registry: {{ join "," .urls | quote }}
{{- if .username }}
schema-registry-username: {{ .username | quote }}
schema-registry-password-file: {{ .passwordFile | default (printf "/secrets/registry/%s" .passwordKey) | quote }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{- /* Secrets that are mounted, by directory. */ -}}
{{- define "sitrep.secrets" -}}
{{- if .Values.kafka.tls.enabled }}
{{- with .Values.kafka.tls.secret }}
tls: {{ . | quote }}
{{- end }}
{{- end }}
{{- if .Values.kafka.sasl.mechanism }}
{{- with .Values.kafka.sasl.secret }}
sasl: {{ . | quote }}
{{- end }}
{{- end }}
{{- if .Values.schemaRegistry.username }}
{{- with .Values.schemaRegistry.secret }}
registry: {{ . | quote }}
{{- end }}
{{- end }}
{{- end -}}
