# A web ACL says whom a load balancer serves: by lists of addresses, as far as its rules have some.
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_subnet" "front" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.0.0/24"
}

resource "aws_default_route_table" "main" {
  default_route_table_id = aws_vpc.main.default_route_table_id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main.id
  }
}

resource "aws_security_group" "front" {
  vpc_id = aws_vpc.main.id
  ingress {
    protocol    = "tcp"
    from_port   = 80
    to_port     = 80
    cidr_blocks = ["0.0.0.0/0"]
  }
  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "web" {
  vpc_id = aws_vpc.main.id
  ingress {
    protocol        = "tcp"
    from_port       = 8080
    to_port         = 8080
    security_groups = [aws_security_group.front.id]
  }
}

resource "aws_instance" "web" {
  ami                    = "ami-1"
  instance_type          = "t3.micro"
  subnet_id              = aws_subnet.front.id
  vpc_security_group_ids = [aws_security_group.web.id]
}

resource "aws_lb_target_group" "web" {
  port     = 8080
  protocol = "HTTP"
  vpc_id   = aws_vpc.main.id
}

resource "aws_lb_target_group_attachment" "web" {
  target_group_arn = aws_lb_target_group.web.arn
  target_id        = aws_instance.web.id
}

resource "aws_wafv2_ip_set" "office" {
  name               = "office"
  scope              = "REGIONAL"
  ip_address_version = "IPV4"
  addresses          = ["203.0.113.0/24"]
}

# Only the office gets through.
resource "aws_wafv2_web_acl" "office" {
  name  = "office"
  scope = "REGIONAL"
  default_action {
    block {}
  }
  rule {
    name     = "office"
    priority = 1
    action {
      allow {}
    }
    statement {
      ip_set_reference_statement {
        arn = aws_wafv2_ip_set.office.arn
      }
    }
  }
}

resource "aws_lb" "office" {
  name            = "office"
  subnets         = [aws_subnet.front.id]
  security_groups = [aws_security_group.front.id]
}

resource "aws_wafv2_web_acl_association" "office" {
  resource_arn = aws_lb.office.arn
  web_acl_arn  = aws_wafv2_web_acl.office.arn
}

resource "aws_lb_listener" "office" {
  load_balancer_arn = aws_lb.office.arn
  port              = 80 # ok: plaintext-from-internet
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web.arn
  }
}

# Requests that look like attacks are kept out, whoever sends them: everybody gets through.
resource "aws_wafv2_web_acl" "common" {
  name  = "common"
  scope = "REGIONAL"
  default_action {
    allow {}
  }
  rule {
    name     = "common"
    priority = 1
    override_action {
      none {}
    }
    statement {
      managed_rule_group_statement {
        name        = "AWSManagedRulesCommonRuleSet"
        vendor_name = "AWS"
      }
    }
  }
}

resource "aws_lb" "common" {
  name            = "common"
  subnets         = [aws_subnet.front.id]
  security_groups = [aws_security_group.front.id]
}

resource "aws_wafv2_web_acl_association" "common" {
  resource_arn = aws_lb.common.arn
  web_acl_arn  = aws_wafv2_web_acl.common.arn
}

resource "aws_lb_listener" "common" {
  load_balancer_arn = aws_lb.common.arn
  port              = 80 # expect: plaintext-from-internet
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web.arn
  }
}
