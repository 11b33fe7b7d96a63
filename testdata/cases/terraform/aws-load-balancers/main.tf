resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "one" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
}

resource "aws_security_group" "web" {
  vpc_id = aws_vpc.main.id

  ingress {
    from_port   = 0
    to_port     = 65535
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_instance" "web" {
  ami                    = "ami-0abcdef1234567890"
  instance_type          = "t3.micro"
  subnet_id              = aws_subnet.one.id
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

resource "aws_lb" "public" {
  name            = "public"
  subnets         = [aws_subnet.one.id]
  security_groups = [aws_security_group.web.id]
}

resource "aws_lb_listener" "public" {
  load_balancer_arn = aws_lb.public.arn
  port              = 80 # expect: plaintext-from-internet
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web.arn
  }
}

# Whoever asks here is sent on to TLS.
resource "aws_lb_listener" "redirecting" {
  load_balancer_arn = aws_lb.public.arn
  port              = 8081 # ok: plaintext-from-internet
  protocol          = "HTTP"

  default_action {
    type = "redirect"
    redirect {
      port        = "443"
      protocol    = "HTTPS"
      status_code = "HTTP_301"
    }
  }
}

resource "aws_lb" "private" {
  name            = "private"
  internal        = true
  subnets         = [aws_subnet.one.id]
  security_groups = [aws_security_group.web.id]
}

resource "aws_lb_listener" "private" {
  load_balancer_arn = aws_lb.private.arn
  port              = 80 # ok: plaintext-from-internet
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web.arn
  }
}

# Of the network, without groups: whom the group of the target lets in gets there (R66).
resource "aws_lb" "network" {
  name               = "network"
  load_balancer_type = "network"
  subnets            = [aws_subnet.one.id]
}

resource "aws_lb_target_group" "shell" {
  port     = 22
  protocol = "TCP"
  vpc_id   = aws_vpc.main.id
}

resource "aws_lb_target_group_attachment" "shell" {
  target_group_arn = aws_lb_target_group.shell.arn
  target_id        = aws_instance.web.id
}

resource "aws_lb_listener" "shell" {
  load_balancer_arn = aws_lb.network.arn
  port              = 2222 # expect: remote-admin-exposed "network:2222 → web:22"
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.shell.arn
  }
}

resource "aws_security_group" "closed" {
  vpc_id = aws_vpc.main.id
}

resource "aws_instance" "closed" {
  ami                    = "ami-0abcdef1234567890"
  instance_type          = "t3.micro"
  subnet_id              = aws_subnet.one.id
  vpc_security_group_ids = [aws_security_group.closed.id]
}

resource "aws_lb_target_group" "closed" {
  port     = 5432
  protocol = "TCP"
  vpc_id   = aws_vpc.main.id
}

resource "aws_lb_target_group_attachment" "closed" {
  target_group_arn = aws_lb_target_group.closed.arn
  target_id        = aws_instance.closed.id
}

resource "aws_lb_listener" "closed" {
  load_balancer_arn = aws_lb.network.arn
  port              = 5432 # ok: data-store-exposed
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.closed.arn
  }
}
