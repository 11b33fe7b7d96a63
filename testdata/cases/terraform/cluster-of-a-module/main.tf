module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "~> 19.9"

  cluster_name                   = "shop"
  cluster_version                = "1.33"
  cluster_endpoint_public_access = true # expect: cluster-api-exposed
}
