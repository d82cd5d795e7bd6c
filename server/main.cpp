#include "server/app/command_line.hpp"

int main(int argc, char** argv) {
  return warsha::app::main(argc, argv);
}
