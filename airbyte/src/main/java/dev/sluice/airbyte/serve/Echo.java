package dev.sluice.airbyte.serve;

import dev.sluice.cdk.text.ByteSink;

/** A state as it goes back: byte for byte as it came, with what the destination counted. */
final class Echo {
    private Echo() {}

    /**
     * The line that goes back.
     *
     * @param line where the message lies
     * @param payloadFrom where the object of the state begins, and where it ends
     * @param from where the line begins, and where it ends
     * @param rows the rows since the state before
     */
    static ByteSink of(byte[] line, int payloadFrom, int payloadTo, int from, int to, long rows) {
        int brace = payloadTo - 1;
        ByteSink out = new ByteSink(to - from + 64);
        out.put(line, from, brace - from);
        boolean empty = true;
        for (int at = brace - 1; at > payloadFrom && empty; at--) {
            empty = line[at] <= ' ';
        }
        out.put(empty ? "" : ",");
        out.put("\"destinationStats\":{\"recordCount\":" + (double) rows + "}");
        out.put(line, brace, to - brace);
        out.put('\n');
        return out;
    }
}
