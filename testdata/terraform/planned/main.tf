variable "env" { default = "prod" }
variable "rules" {
  type    = map(object({ port = number, cidrs = optional(list(string), ["10.0.0.0/8"]), tags = optional(map(string)) }))
  default = { ssh = { port = "22" }, web = { port = 443, cidrs = ["0.0.0.0/0"], tags = { a = 1 } } }
}
variable "mixed" {
  type    = list(any)
  default = [1, "a", true]
}
variable "nn" {
  type     = string
  default  = "x"
  nullable = false
}
locals {
  ports     = [for k, r in var.rules : r.port]
  byport    = { for k, r in var.rules : tostring(r.port) => k }
  flat      = flatten([for k, r in var.rules : [for c in r.cidrs : { key = "${k}-${c}", port = r.port, cidr = c }]])
  cond      = var.env == "prod" ? ["a", "b"] : ["c"]
  groups    = { for x in ["apple", "avocado", "banana"] : substr(x, 0, 1) => x... }
  nulls     = [for x in [1, null, 2] : x if x != null]
  str       = "v=${1 + 1} ${true} ${2.50}"
  here      = <<-EOT
    hello
      ${var.env}
    %{for p in [1, 2]~}
    p${p}
    %{endfor~}
    end
  EOT
  mergd     = merge({ a = 1, b = { c = 2 } }, { b = 3 }, null)
  splat     = [{ a = [{ b = 1 }, { b = 2 }] }, { a = [] }][*].a[*].b
  legacy    = [{ a = { b = 1 } }, { a = { b = 2 } }].*.a.b
  single    = { a = 1 }[*].a
  tern      = false ? 1 : "x"
  tern3     = true ? [] : ["x"]
  sets      = toset(["b", "a", "b"])
  setfor    = [for s in toset(["b", "a"]) : s]
  objset    = [for s in toset([{ a = 2 }, { a = 1 }]) : s.a]
  neg       = -5 % 3
  div       = 7 / 2
  cmp       = [1 == "1", "a" == "a", [1] == [1], { a = 1 } == { a = 1 }, null == null, tolist([1]) == [1], tomap({ a = 1 }) == { a = 1 }]
  look      = lookup({ a = 1 }, "b", 7)
  esc       = "a$${b}%%{c}\t\"\u00e9"
  idx       = ["a", "b"]["1"]
  objkey    = { "${var.env}-k" = 1, (upper("z")) = 2, 5 = 3 }
  tryv      = try(local.look.x, local.look[0], "fallback")
  neststr   = "${"${"x"}"}y"
  range3    = range(3)
  tuplen    = length([1, "a"])
  directive = "%{if var.env == "prod"}P%{else}D%{endif}"
  stripped  = "a ${~"b"~} c"
}
resource "terraform_data" "locals" {
  input = {
    ports     = local.ports, byport = local.byport, flat = local.flat, cond = local.cond, groups = local.groups, nulls = local.nulls,
    str       = local.str, here = local.here, mergd = local.mergd, splat = local.splat, legacy = local.legacy, single = local.single, tern = local.tern,
    tern3     = local.tern3, sets = local.sets, setfor = local.setfor, objset = local.objset, neg = local.neg, div = local.div, cmp = local.cmp,
    look      = local.look, esc = local.esc, idx = local.idx, objkey = local.objkey, tryv = local.tryv, neststr = local.neststr, range3 = local.range3, tuplen = local.tuplen,
    directive = local.directive, stripped = local.stripped, mixed = var.mixed, rules = var.rules, path = path.module
  }
}
resource "terraform_data" "each" {
  for_each = var.rules
  input    = { key = each.key, port = each.value.port, tags = each.value.tags }
}
resource "terraform_data" "count" {
  count = length(local.ports)
  input = { i = count.index, n = local.ports[count.index], m = element(local.ports, count.index + 1) }
}
module "mod" {
  source   = "./mod"
  for_each = { for f in local.flat : f.key => f }
  name     = each.key
  port     = each.value.port
  opts     = { a = each.value.cidr }
}
module "nulls" {
  source = "./mod"
  name   = "n"
  port   = 1
  opts   = null
  nn     = null
}
resource "terraform_data" "out" {
  input = { all = [for k, m in module.mod : m.summary], one = module.nulls.summary, keys = keys(module.mod), inp = terraform_data.each["ssh"].input.port, cnt = terraform_data.count[*].input.n }
}
