@NullMarked
package dev.sluice.connector.file.store.s3;

import org.jspecify.annotations.NullMarked;
