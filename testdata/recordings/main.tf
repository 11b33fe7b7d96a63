variable "cidrs" { default = ["10.0.0.0/8"] }
locals { l = terraform_data.a.id }
resource "terraform_data" "a" { input = { name = "a", cidr = var.cidrs[0] } }
resource "terraform_data" "b" {
  count = 2
  input = [terraform_data.a.id, local.l, "x"]
}
module "net" {
  for_each = toset(["one", "t.w\"o"])
  source   = "./net"
  parent   = terraform_data.a.id
  key      = each.key
}
resource "terraform_data" "c" { input = { all = terraform_data.b[*].id, m = module.net["one"].out } }
variable "secret" {
  sensitive = true
  default   = "hush"
}
resource "terraform_data" "s" { input = { pw = var.secret, z = terraform_data.b[0].output } }
