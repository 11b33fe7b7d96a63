# Services for other accounts: whoever is on the list gets in, an empty list is nobody, and `*` is whoever has an account.
# The load balancers themselves are reached from the networks around, which is told at their listeners.

data "aws_caller_identity" "own" {}

resource "aws_lb" "open" {
  internal           = true
  load_balancer_type = "network"
}

resource "aws_lb_target_group" "open" {
  port     = 5432
  protocol = "TCP"
}

resource "aws_lb_listener" "open" {
  load_balancer_arn = aws_lb.open.arn
  port              = 5432 # expect: data-store-exposed
  protocol          = "TCP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.open.arn
  }
}

resource "aws_vpc_endpoint_service" "open" {
  acceptance_required        = false
  network_load_balancer_arns = [aws_lb.open.arn]
  allowed_principals         = ["*"] # expect: data-store-exposed
}

resource "aws_lb" "partner" {
  internal           = true
  load_balancer_type = "network"
}

resource "aws_lb_target_group" "partner" {
  port     = 5432
  protocol = "TCP"
}

resource "aws_lb_listener" "partner" {
  load_balancer_arn = aws_lb.partner.arn
  port              = 5432 # expect: data-store-exposed
  protocol          = "TCP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.partner.arn
  }
}

resource "aws_vpc_endpoint_service" "partner" {
  acceptance_required        = true
  network_load_balancer_arns = [aws_lb.partner.arn]
}

resource "aws_vpc_endpoint_service_allowed_principal" "partner" {
  vpc_endpoint_service_id = aws_vpc_endpoint_service.partner.id
  # ok: data-store-exposed
  principal_arn = "arn:aws:iam::111122223333:root"
}

resource "aws_lb" "own" {
  internal           = true
  load_balancer_type = "network"
}

resource "aws_lb_listener" "own" {
  load_balancer_arn = aws_lb.own.arn
  port              = 5432 # expect: data-store-exposed
  protocol          = "TCP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.partner.arn
  }
}

resource "aws_vpc_endpoint_service" "own" {
  acceptance_required        = false
  network_load_balancer_arns = [aws_lb.own.arn]
  # ok: data-store-exposed
  allowed_principals = ["arn:aws:iam::${data.aws_caller_identity.own.account_id}:root"]
}
