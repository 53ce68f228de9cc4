/**
 * What connectors of web services ask them with: one client that waits and tries again where that can help, takes no more than fits,
 * and says clearly what went wrong. Knows {@code json} and {@code net} of this module.
 */
@NullMarked
package dev.sluice.cdk.http;

import org.jspecify.annotations.NullMarked;
