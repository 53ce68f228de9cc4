@NullMarked
package dev.sluice.connector.file.destination.text;

import org.jspecify.annotations.NullMarked;
