package dev.sluice.connector.file.excel;

import dev.sluice.cdk.cells.BlockSource;
import dev.sluice.cdk.cells.CellBlock;
import java.io.IOException;

/** The blocks of a sheet's lines, in which cells that came to an error become null, with a note. One thread uses it. */
public final class SheetBlocks implements BlockSource {
    private final BlockSource lines;

    /** Makes blocks of lines; they are closed with this. */
    public SheetBlocks(BlockSource lines) {
        this.lines = lines;
    }

    @Override
    public boolean next(CellBlock block) throws IOException {
        boolean more = lines.next(block);
        byte[] data = block.data();
        int cell = 0;
        for (int row = 0; row < block.rows(); row++) {
            for (int column = 0; column < block.columns(); column++, cell++) {
                int from = block.from()[cell];
                // Nothing else that stands without quotes begins like #N/A.
                if (from < block.to()[cell] && data[from] == '#' && block.flags()[cell] == 0) {
                    block.takeAway(row, column);
                }
            }
        }
        return more;
    }

    @Override
    public long offset(CellBlock block, int row) {
        return lines.offset(block, row);
    }

    @Override
    public long line(CellBlock block, int row) {
        return lines.line(block, row);
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
