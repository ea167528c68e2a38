@NullMarked
package io.perpetua.adapters.llm.offline;

import org.jspecify.annotations.NullMarked;
