@NullMarked
package dev.sluice.connector.file.store.azure;

import org.jspecify.annotations.NullMarked;
