@NullMarked
package dev.sluice.connector.file.destination.files;

import org.jspecify.annotations.NullMarked;
