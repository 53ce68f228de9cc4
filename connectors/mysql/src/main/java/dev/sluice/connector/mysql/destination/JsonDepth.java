package dev.sluice.connector.mysql.destination;

/** How deep the values of a JSON text lie in each other; the text is known to be JSON. */
final class JsonDepth {
    private JsonDepth() {}

    /** The most objects and arrays that are open at one place. */
    static int of(byte[] json, int from, int to) {
        int depth = 0;
        int most = 0;
        boolean inString = false;
        for (int i = from; i < to; i++) {
            byte c = json[i];
            if (inString) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    inString = false;
                }
                continue;
            }
            switch (c) {
                case '"' -> inString = true;
                case '{', '[' -> most = Math.max(most, ++depth);
                case '}', ']' -> depth--;
                default -> {}
            }
        }
        return most;
    }
}
