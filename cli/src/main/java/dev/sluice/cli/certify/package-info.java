/** Any connector held against what is promised of all: contract suites, hostile inputs, crash cuts, and a report that says what was not tried. */
@NullMarked
package dev.sluice.cli.certify;

import org.jspecify.annotations.NullMarked;
