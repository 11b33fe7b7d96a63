resource "azurerm_network_security_group" "stores" {
  name                = "stores"
  location            = "westeurope"
  resource_group_name = "shop"
  security_rule {
    name                       = "database"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "*"
    source_port_range          = "*"
    destination_port_range     = "5432"
    source_address_prefixes    = ["0.0.0.0/0"] # expect: data-store-exposed
    destination_address_prefix = "*"
  }
}

resource "azurerm_virtual_network" "shop" {
  name                = "shop"
  location            = "westeurope"
  resource_group_name = "shop"
  address_space       = ["10.0.0.0/16"]
}

resource "azurerm_subnet" "machines" {
  name                 = "machines"
  resource_group_name  = "shop"
  virtual_network_name = azurerm_virtual_network.shop.name
  address_prefixes     = ["10.0.1.0/24"]
}

resource "azurerm_subnet_network_security_group_association" "machines" {
  subnet_id                 = azurerm_subnet.machines.id
  network_security_group_id = azurerm_network_security_group.stores.id
}

resource "azurerm_public_ip" "machine" {
  name                = "machine"
  location            = "westeurope"
  resource_group_name = "shop"
  allocation_method   = "Static"
}

resource "azurerm_network_interface" "machine" {
  name                = "machine"
  location            = "westeurope"
  resource_group_name = "shop"
  ip_configuration {
    name                          = "first"
    subnet_id                     = azurerm_subnet.machines.id
    private_ip_address_allocation = "Dynamic"
    public_ip_address_id          = azurerm_public_ip.machine.id
  }
}

resource "azurerm_linux_virtual_machine" "machine" {
  name                  = "machine"
  location              = "westeurope"
  resource_group_name   = "shop"
  size                  = "Standard_B1s"
  admin_username        = "shop"
  network_interface_ids = [azurerm_network_interface.machine.id]
  os_disk {
    caching              = "ReadWrite"
    storage_account_type = "Standard_LRS"
  }
}
