@NullMarked
package io.perpetua.adapters.documents.layout;

import org.jspecify.annotations.NullMarked;
