package dev.sluice.connector.file.store.gcs;

import dev.sluice.connector.file.bytes.BlockInput;
import java.io.IOException;
import java.util.Objects;

/** The bytes of one version of an object, fetched piece by piece, so that a server that falls silent is noticed. */
final class GcsInput extends BlockInput {
    private final Pieces pieces;
    private final long size;
    private long fetched;
    private byte[] piece;
    private int position;

    /** Fetches a part of the object from a byte on. */
    interface Pieces {
        byte[] fetch(long from) throws IOException;
    }

    /** Begins with a piece that is there already. */
    GcsInput(Pieces pieces, long size, long from, byte[] first) {
        this.pieces = pieces;
        this.size = size;
        this.piece = first;
        this.fetched = from + first.length;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (position == piece.length) {
            if (fetched >= size) {
                return -1;
            }
            piece = pieces.fetch(fetched);
            position = 0;
            fetched += piece.length;
            if (piece.length == 0) {
                throw new IOException("the store sent nothing");
            }
        }
        int count = Math.min(length, piece.length - position);
        System.arraycopy(piece, position, target, offset, count);
        position += count;
        return count;
    }
}
