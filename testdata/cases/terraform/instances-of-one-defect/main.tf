module "blue" {
  source = "./machine"
}

module "green" {
  source = "./machine"
}

# Each call says otherwise by itself.
module "shut" {
  source = "./machine"
  from   = ["10.0.0.0/8"]
}

module "open" {
  source = "./machine"
  from   = ["0.0.0.0/0"] # expect: data-store-exposed "on open is reachable"
}
