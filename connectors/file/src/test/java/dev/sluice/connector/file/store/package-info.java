@NullMarked
package dev.sluice.connector.file.store;

import org.jspecify.annotations.NullMarked;
