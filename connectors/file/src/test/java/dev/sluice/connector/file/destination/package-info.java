@NullMarked
package dev.sluice.connector.file.destination;

import org.jspecify.annotations.NullMarked;
