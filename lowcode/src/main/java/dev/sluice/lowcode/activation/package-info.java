/**
 * Destinations that are data: objects of systems with a schema of their own, and how records of them are sent over HTTP. Everything
 * that sources of manifests have for requests, logging in, errors and limits is used as it is.
 */
@NullMarked
package dev.sluice.lowcode.activation;

import org.jspecify.annotations.NullMarked;
