@NullMarked
package dev.sluice.lowcode.manifest;

import org.jspecify.annotations.NullMarked;
