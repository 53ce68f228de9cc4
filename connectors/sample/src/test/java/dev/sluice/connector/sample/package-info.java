@NullMarked
package dev.sluice.connector.sample;

import org.jspecify.annotations.NullMarked;
