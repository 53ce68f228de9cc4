/**
 * Requests and their answers: how a requester makes them, what is done about errors, how long is waited, and how fast it
 * may go.
 */
@NullMarked
package dev.sluice.lowcode.http;

import org.jspecify.annotations.NullMarked;
