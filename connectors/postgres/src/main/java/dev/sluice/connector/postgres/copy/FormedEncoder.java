package dev.sluice.connector.postgres.copy;

import java.io.IOException;

/** Encodes values whose form is made before its size is known: numbers of any length, and values as text. */
abstract non-sealed class FormedEncoder extends FieldEncoder {
    private final Forms forms = new Forms();
    private final int[] ends = new int[RUN_ROWS + 1];

    /** Adds the form of a value, its length included. */
    abstract void form(int row, Forms out);

    @Override
    final void measure(int from, int count, int[] sizes) {
        forms.clear();
        for (int i = 0; i < count; i++) {
            if (isPresent(from + i)) {
                form(from + i, forms);
            } else {
                forms.writeNull();
            }
            ends[i + 1] = forms.length();
            sizes[i] += ends[i + 1] - ends[i];
        }
    }

    @Override
    final void write(int first, int count, byte[] buffer, int[] places) {
        byte[] formed = forms.buffer();
        for (int i = first; i < first + count; i++) {
            int length = ends[i + 1] - ends[i];
            System.arraycopy(formed, ends[i], buffer, places[i], length);
            places[i] += length;
        }
    }

    @Override
    final void writeLarge(CopyOutput out) throws IOException {
        out.write(forms.buffer(), 0, forms.length());
    }
}
