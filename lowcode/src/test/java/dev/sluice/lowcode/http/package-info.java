@NullMarked
package dev.sluice.lowcode.http;

import org.jspecify.annotations.NullMarked;
