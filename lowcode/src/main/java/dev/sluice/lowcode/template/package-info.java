/**
 * Templates: the part of Jinja2 that manifests use, with the values of Python. A template reaches its variables and the
 * functions listed here and nothing else; it is limited in time, size and depth.
 */
@NullMarked
package dev.sluice.lowcode.template;

import org.jspecify.annotations.NullMarked;
