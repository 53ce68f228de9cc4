@NullMarked
package dev.sluice.connector.sample.content;

import org.jspecify.annotations.NullMarked;
