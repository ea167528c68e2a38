@NullMarked
package io.perpetua.adapters.documents.fetch;

import org.jspecify.annotations.NullMarked;
