package dev.sluice.duckdb;

import dev.sluice.duckdb.NativeCall.Byte1;
import dev.sluice.duckdb.NativeCall.Int1;
import dev.sluice.duckdb.NativeCall.Int2;
import dev.sluice.duckdb.NativeCall.Int3;
import dev.sluice.duckdb.NativeCall.Int4;
import dev.sluice.duckdb.NativeCall.IntOfBoolean;
import dev.sluice.duckdb.NativeCall.IntOfDouble;
import dev.sluice.duckdb.NativeCall.Long0;
import dev.sluice.duckdb.NativeCall.Long1;
import dev.sluice.duckdb.NativeCall.Long2;
import dev.sluice.duckdb.NativeCall.LongOfBytes;
import dev.sluice.duckdb.NativeCall.LongOfInt;
import dev.sluice.duckdb.NativeCall.LongOfResult;
import dev.sluice.duckdb.NativeCall.Void1;
import dev.sluice.duckdb.NativeCall.Void2;
import dev.sluice.duckdb.NativeCall.Void3;

/**
 * The functions of DuckDB's C interface that this module calls, under their own names without the prefix; {@code
 * duckdb.h} of version 2.0 says what they do.
 *
 * <p>Using this class loads the library, so {@link NativeLibrary#symbols} comes first where a failure has to be told.
 */
final class Native {
    /** {@code DuckDBSuccess}, the only good {@code duckdb_state}. */
    static final int SUCCESS = 0;

    // Databases and connections
    static final Long0 LIBRARY_VERSION = Long0.of("duckdb_library_version");
    static final Long0 VECTOR_SIZE = Long0.of("duckdb_vector_size");
    static final Int1 CREATE_CONFIG = Int1.of("duckdb_create_config");
    static final Int3 SET_CONFIG = Int3.of("duckdb_set_config");
    static final Void1 DESTROY_CONFIG = Void1.of("duckdb_destroy_config");
    static final Int4 OPEN_EXT = Int4.of("duckdb_open_ext");
    static final Void1 CLOSE = Void1.of("duckdb_close");
    static final Int2 CONNECT = Int2.of("duckdb_connect");
    static final Void1 DISCONNECT = Void1.of("duckdb_disconnect");
    static final Void1 INTERRUPT = Void1.of("duckdb_interrupt");
    static final Long1 MALLOC = Long1.of("duckdb_malloc");
    static final Void1 FREE = Void1.of("duckdb_free");

    // Statements
    static final Int3 QUERY = Int3.of("duckdb_query");
    static final Int3 PREPARE = Int3.of("duckdb_prepare");
    static final Long1 PREPARE_ERROR = Long1.of("duckdb_prepare_error");
    static final Void1 DESTROY_PREPARE = Void1.of("duckdb_destroy_prepare");
    static final Long1 NPARAMS = Long1.of("duckdb_nparams");
    static final Int4 BIND_VARCHAR_LENGTH = Int4.of("duckdb_bind_varchar_length");
    static final Int3 BIND_INT64 = Int3.of("duckdb_bind_int64");
    static final IntOfBoolean BIND_BOOLEAN = IntOfBoolean.of("duckdb_bind_boolean");
    static final IntOfDouble BIND_DOUBLE = IntOfDouble.of("duckdb_bind_double");
    static final Int2 BIND_NULL = Int2.of("duckdb_bind_null");
    static final Int2 EXECUTE_PREPARED = Int2.of("duckdb_execute_prepared");
    static final Long1 PREPARED_STATEMENT_COLUMN_COUNT = Long1.of("duckdb_prepared_statement_column_count");
    static final Long2 PREPARED_STATEMENT_COLUMN_NAME = Long2.of("duckdb_prepared_statement_column_name");
    static final Long2 PREPARED_STATEMENT_COLUMN_LOGICAL_TYPE =
            Long2.of("duckdb_prepared_statement_column_logical_type");
    static final Int2 PENDING_PREPARED_STREAMING = Int2.of("duckdb_pending_prepared_streaming");
    static final Long1 PENDING_ERROR = Long1.of("duckdb_pending_error");
    static final Int2 EXECUTE_PENDING = Int2.of("duckdb_execute_pending");
    static final Void1 DESTROY_PENDING = Void1.of("duckdb_destroy_pending");

    // Results and chunks
    static final Long1 RESULT_ERROR = Long1.of("duckdb_result_error");
    static final Long1 ROWS_CHANGED = Long1.of("duckdb_rows_changed");
    static final Long1 COLUMN_COUNT = Long1.of("duckdb_column_count");
    static final Long2 COLUMN_NAME = Long2.of("duckdb_column_name");
    static final Long2 COLUMN_LOGICAL_TYPE = Long2.of("duckdb_column_logical_type");
    static final LongOfResult FETCH_CHUNK = LongOfResult.of("duckdb_fetch_chunk");
    static final Void1 DESTROY_RESULT = Void1.of("duckdb_destroy_result");
    static final Void1 DESTROY_DATA_CHUNK = Void1.of("duckdb_destroy_data_chunk");
    static final Long1 DATA_CHUNK_GET_SIZE = Long1.of("duckdb_data_chunk_get_size");
    static final Void2 DATA_CHUNK_SET_SIZE = Void2.of("duckdb_data_chunk_set_size");
    static final Long2 DATA_CHUNK_GET_VECTOR = Long2.of("duckdb_data_chunk_get_vector");
    static final Long1 VECTOR_GET_DATA = Long1.of("duckdb_vector_get_data");
    static final Long1 VECTOR_GET_VALIDITY = Long1.of("duckdb_vector_get_validity");
    static final Void1 VECTOR_ENSURE_VALIDITY_WRITABLE = Void1.of("duckdb_vector_ensure_validity_writable");

    // Types
    static final LongOfInt CREATE_LOGICAL_TYPE = LongOfInt.of("duckdb_create_logical_type");
    static final LongOfBytes CREATE_DECIMAL_TYPE = LongOfBytes.of("duckdb_create_decimal_type");
    static final Void1 DESTROY_LOGICAL_TYPE = Void1.of("duckdb_destroy_logical_type");
    static final Int1 GET_TYPE_ID = Int1.of("duckdb_get_type_id");
    static final Long1 LOGICAL_TYPE_GET_ALIAS = Long1.of("duckdb_logical_type_get_alias");
    static final Void2 LOGICAL_TYPE_SET_ALIAS = Void2.of("duckdb_logical_type_set_alias");
    static final Byte1 DECIMAL_WIDTH = Byte1.of("duckdb_decimal_width");
    static final Byte1 DECIMAL_SCALE = Byte1.of("duckdb_decimal_scale");
    static final Long1 LIST_TYPE_CHILD_TYPE = Long1.of("duckdb_list_type_child_type");
    static final Long1 ARRAY_TYPE_CHILD_TYPE = Long1.of("duckdb_array_type_child_type");
    static final Long1 STRUCT_TYPE_CHILD_COUNT = Long1.of("duckdb_struct_type_child_count");
    static final Long2 STRUCT_TYPE_CHILD_NAME = Long2.of("duckdb_struct_type_child_name");
    static final Long2 STRUCT_TYPE_CHILD_TYPE = Long2.of("duckdb_struct_type_child_type");

    // Table functions
    static final Long0 CREATE_TABLE_FUNCTION = Long0.of("duckdb_create_table_function");
    static final Void1 DESTROY_TABLE_FUNCTION = Void1.of("duckdb_destroy_table_function");
    static final Void2 TABLE_FUNCTION_SET_NAME = Void2.of("duckdb_table_function_set_name");
    static final Void2 TABLE_FUNCTION_ADD_PARAMETER = Void2.of("duckdb_table_function_add_parameter");
    static final Void2 TABLE_FUNCTION_SET_BIND = Void2.of("duckdb_table_function_set_bind");
    static final Void2 TABLE_FUNCTION_SET_INIT = Void2.of("duckdb_table_function_set_init");
    static final Void2 TABLE_FUNCTION_SET_LOCAL_INIT = Void2.of("duckdb_table_function_set_local_init");
    static final Void2 TABLE_FUNCTION_SET_FUNCTION = Void2.of("duckdb_table_function_set_function");
    static final Int2 REGISTER_TABLE_FUNCTION = Int2.of("duckdb_register_table_function");
    static final Long2 BIND_GET_PARAMETER = Long2.of("duckdb_bind_get_parameter");
    static final Long1 GET_INT64 = Long1.of("duckdb_get_int64");
    static final Void1 DESTROY_VALUE = Void1.of("duckdb_destroy_value");
    static final Void3 BIND_ADD_RESULT_COLUMN = Void3.of("duckdb_bind_add_result_column");
    static final Void3 BIND_SET_BIND_DATA = Void3.of("duckdb_bind_set_bind_data");
    static final Void2 BIND_SET_ERROR = Void2.of("duckdb_bind_set_error");
    static final Long1 INIT_GET_BIND_DATA = Long1.of("duckdb_init_get_bind_data");
    static final Void3 INIT_SET_INIT_DATA = Void3.of("duckdb_init_set_init_data");
    static final Void2 INIT_SET_MAX_THREADS = Void2.of("duckdb_init_set_max_threads");
    static final Void2 INIT_SET_ERROR = Void2.of("duckdb_init_set_error");
    static final Long1 FUNCTION_GET_BIND_DATA = Long1.of("duckdb_function_get_bind_data");
    static final Long1 FUNCTION_GET_LOCAL_INIT_DATA = Long1.of("duckdb_function_get_local_init_data");
    static final Void2 FUNCTION_SET_ERROR = Void2.of("duckdb_function_set_error");

    private Native() {}
}
