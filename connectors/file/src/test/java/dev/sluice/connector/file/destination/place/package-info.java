@NullMarked
package dev.sluice.connector.file.destination.place;

import org.jspecify.annotations.NullMarked;
