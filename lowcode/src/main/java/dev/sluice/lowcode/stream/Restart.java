package dev.sluice.lowcode.stream;

import dev.sluice.lowcode.manifest.Component;

/**
 * When the pages of a slice begin anew, and where.
 *
 * @param byCursor true if at the newest record that was seen; false if at the first one, which is done once
 * @param limit after so many records, whatever the service says
 */
record Restart(boolean byCursor, long limit) {
    static Restart of(Component retriever) {
        if (!retriever.has("pagination_reset")) {
            return new Restart(false, Long.MAX_VALUE);
        }
        Component reset = retriever.required("pagination_reset");
        long limit = Long.MAX_VALUE;
        if (reset.has("limits")) {
            if (retriever.required("record_selector").has("record_filter")) {
                throw reset.wrong("limits", "cannot be combined with a record_filter");
            }
            limit = reset.required("limits").whole("number_of_records").orElse(Long.MAX_VALUE);
        }
        return new Restart(reset.text("action").equals("SPLIT_USING_CURSOR"), limit);
    }
}
