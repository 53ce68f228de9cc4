package dev.sluice.spi.destination;

/**
 * Which copy of a stream the rows of a run belong to.
 *
 * @param id counts the copies of the stream, from 0; the rows carry it as {@code _airbyte_generation_id}
 * @param minimum rows of older generations than this are gone once the target is published: either 0, which keeps
 *     everything, or equal to {@code id}
 * @param syncId the run; all attempts at one job share it
 */
public record Generation(long id, long minimum, long syncId) {
    public Generation {
        if (minimum != 0 && minimum != id) {
            throw new IllegalArgumentException(
                    "the minimum generation is 0 or the generation itself, not " + minimum + " of " + id);
        }
    }

    /** True if the run replaces what earlier generations left. */
    public boolean truncates() {
        return minimum == id && minimum != 0;
    }
}
