/** What is wrong with connections just now, until it is right again: for whoever looks after them. */
@NullMarked
package dev.sluice.server.alerts;

import org.jspecify.annotations.NullMarked;
