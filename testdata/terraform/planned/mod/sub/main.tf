variable "in" { type = list(string) }
output "out" { value = join("/", var.in) }
