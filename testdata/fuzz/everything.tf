# Every form of HCL's native syntax, once.
terraform {
  required_version = ">= 1.5"
}

variable "été" { default = null }

locals {
  numbers    = [0, 1.5, 1e3, -2, 007]
  words      = [true, false, null, truth]
  operators  = 1 + 2 * 3 - -var.x % 4 / 5 >= 6 && !local.a || local.b != local.c
  conditions = var.x ? "yes" : (var.y == 1 ? "no" : "maybe")
  steps      = aws_instance.a[0].network_interface.*.private_ip.0
  splats     = module.net["a"].subnets[*].ids[0].name
  calls      = merge({ a = 1 }, [for m in var.maps : m]...)
  provided   = provider::aws::arn_parse(var.arn).region
  tuples     = [for i, v in var.list : "${i}-${v}" if v != ""]
  grouped    = { for k, v in var.map : v.zone => k... if v.on }
  keys = {
    bare     = 1
    "quoted" : 2,
    (var.name) = 3, 4 = 5
    "${var.a}-b" = 6 // six
  }
  escapes    = "tab\t quote\" backslash\\ é \U0001F600 $${kept} %%{kept} 100%"
  directives = "%{ if var.x }on%{ else }off%{ endif }%{ for k, v in var.map ~} ${k} %{~ endfor }"
  wrapped    = "${var.x}"
  lines = <<EOT
plain ${upper("text")}
  %{ if var.x ~}
    more $${not}
  %{ endif ~}
EOT
  flushed = <<-EOT
    first
      ${local.wrapped} second

    third ${~ var.y ~} fourth
  EOT
}

/* A comment
   of two lines. */
resource "aws_security_group" "web" {
  name = "web" # behind it

  dynamic "ingress" {
    for_each = var.ports
    iterator = port
    content {
      from_port = port.value
      to_port   = port.value
      protocol  = "tcp"
    }
  }

  lifecycle { ignore_changes = [tags] }
}
