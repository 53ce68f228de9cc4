@NullMarked
package dev.sluice.lowcode.template;

import org.jspecify.annotations.NullMarked;
