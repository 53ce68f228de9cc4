package dev.sluice.lowcode.stream;

import java.util.List;
import java.util.Map;

/**
 * The records of a page.
 *
 * @param records those that are left after all filters
 * @param bytes how large the answer was that they came in
 */
public record Page(List<Map<Object, Object>> records, long bytes) {}
