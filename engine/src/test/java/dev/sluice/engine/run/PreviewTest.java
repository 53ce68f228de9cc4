package dev.sluice.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.connection.FieldSelection;
import dev.sluice.engine.connection.RowRules;
import dev.sluice.engine.connection.StreamSettings;
import dev.sluice.engine.fake.FakeSource;
import dev.sluice.engine.fake.Hook;
import dev.sluice.engine.fake.Step;
import dev.sluice.engine.fake.Wishes;
import dev.sluice.engine.map.HashMethod;
import dev.sluice.engine.map.MapperSetting;
import dev.sluice.engine.map.MapperSpec;
import dev.sluice.engine.plan.PlannedReads;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.source.DiscoverScope;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import java.util.List;
import org.junit.jupiter.api.Test;

class PreviewTest {
    private static final Problem NEVER = Problem.of("E_FAKE", ProblemKind.TRANSIENT, "nobody should read so far");

    private final FakeSource source = new FakeSource(Hook.NONE).with(Wishes.stream("a"));

    @Test
    void readsOnlyAsFarAsItIsAsked() {
        source.split("a", Step.rows(1L, 2L), Step.rows(3L, 4L), new Step.Fail(NEVER))
                .split("a", new Step.Fail(NEVER));

        assertThat(rows(3)).isEqualTo(4);
    }

    @Test
    void goesOnInTheNextSplitAndKeepsWhatCannotBeRead() {
        source.split("a", Step.rows(1L), new Step.Reject("line 2")).split("a", Step.rows(2L));
        Preview preview = preview(10);

        assertThat(preview.batches()).hasSize(2);
        assertThat(preview.rejected()).hasSize(1);
    }

    @Test
    void showsTheSelectedFieldsOnly() {
        FakeSource wide = new FakeSource(Hook.NONE)
                .with(Wishes.whole("w", Wishes.ID, new Field("name", new DataType.TextType())));
        List<PlannedReads.Mapped> reads = PlannedReads.of(
                List.of(Wishes.selecting("w", new FieldSelection.Exclude(List.of("name")))),
                wide.discover(new DiscoverScope.All()));

        assertThat(reads.getFirst().read().schema().names()).containsExactly("id");
    }

    @Test
    void showsRowsAsTheyWouldBeWrittenAndLooksFurtherForThoseThatPass() {
        source.split("a", Step.rows(1L, 2L, 3L), Step.rows(4L, 5L), new Step.Fail(NEVER));
        List<MapperSetting> mappers = List.of(
                MapperSetting.of(new MapperSpec.Filter("id > 4", null)),
                MapperSetting.of(new MapperSpec.Hash("id", HashMethod.MD5, "_hashed", null)));
        PlannedReads.Mapped mapped = PlannedReads.of(
                        List.of(StreamSettings.of("a").with(RowRules.USUAL.with(mappers))),
                        source.discover(new DiscoverScope.All()))
                .getFirst();

        Preview preview = Preview.of(source, mapped.read(), mapped.mapping(), 1);

        assertThat(preview.filtered()).isEqualTo(4);
        assertThat(preview.batches()).hasSize(1);
        assertThat(preview.batches().getFirst().schema().names()).containsExactly("id_hashed");
    }

    private int rows(int most) {
        return preview(most).batches().stream().mapToInt(RecordBatch::rows).sum();
    }

    private Preview preview(int most) {
        PlannedReads.Mapped all = PlannedReads.of(
                        List.of(StreamSettings.of("a")), source.discover(new DiscoverScope.All()))
                .getFirst();
        return Preview.of(source, all.read(), all.mapping(), most);
    }
}
