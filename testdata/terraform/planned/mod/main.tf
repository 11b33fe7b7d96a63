variable "name" { type = string }
variable "port" { type = string }
variable "opts" {
  type    = object({ a = optional(string, "da"), b = optional(number, 5), c = optional(object({ d = optional(bool, true) }), {}) })
  default = {}
}
variable "nn" {
  default  = "dnn"
  nullable = false
}
module "sub" {
  source = "./sub"
  count  = 2
  in     = [var.name, count.index]
}
output "summary" { value = { n = var.name, p = var.port, o = var.opts, nn = var.nn, sub = module.sub[*].out, path = path.module } }
resource "terraform_data" "t" { input = { p = var.port, o = var.opts } }
