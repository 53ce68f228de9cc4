/**
 * HTTP: which route answers, who may ask it, problems as answers, sizes and limits, and the document of it all. The routes
 * themselves are in the packages below.
 */
@NullMarked
package dev.sluice.server.api;

import org.jspecify.annotations.NullMarked;
