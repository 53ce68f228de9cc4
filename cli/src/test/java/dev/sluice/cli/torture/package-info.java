@org.jspecify.annotations.NullMarked
package dev.sluice.cli.torture;
