package dev.sluice.dist.types;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.mysql.MyProduct;
import dev.sluice.testkit.mysql.MyServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random tables go to each other system and come back: as they were, or with a mark where a value could not be kept. */
class RoundTripTest {
    private static final int ROUNDS = Integer.getInteger("sluice.roundtrips", 1);
    private static final long SEED = Long.getLong("sluice.seed", 20_261_126L);

    @Test
    void comeBackAsTheyWere(@TempDir Path folder) {
        for (int round = 0; round < ROUNDS; round++) {
            Path place = folder.resolve("round-" + round);
            List<SqlSide> sides = sides(place.resolve("away"));
            List<SqlSide> homes = sides(place.resolve("home"));
            try {
                assertThat(new RoundTrip(sides, homes, place, SEED + round).faults())
                        .as("what changed with seed " + (SEED + round))
                        .isEmpty();
            } finally {
                sides.forEach(SqlSide::close);
                homes.forEach(SqlSide::close);
            }
        }
    }

    private static List<SqlSide> sides(Path folder) {
        assertThat(folder.toFile().mkdirs()).isTrue();
        List<SqlSide> sides = new ArrayList<>(
                List.of(new PostgresSide(), new DuckDbSide(folder), new SqliteSide(folder), new ParquetSide(folder)));
        for (MyProduct product : MyProduct.values()) {
            if (MyServer.isThere(product)) {
                sides.add(new MySide(product));
            }
        }
        return sides;
    }
}
