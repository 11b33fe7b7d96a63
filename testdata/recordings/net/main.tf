variable "parent" {}
variable "key" {}
resource "terraform_data" "in" { input = { parent = var.parent, key = var.key } }
output "out" { value = terraform_data.in.id }
