@NullMarked
package dev.sluice.connector.activation;

import org.jspecify.annotations.NullMarked;
